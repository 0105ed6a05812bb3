/**
 * The public API: from photos to depth, cameras, rays and Gaussians. Start at {@link da3.core.DepthAnything3}.
 */
package da3.core;
