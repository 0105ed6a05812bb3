/**
 * The public API: depth, cameras, rays and Gaussians from images. Start at {@link da3.core.DepthAnything3}.
 */
package da3.core;
