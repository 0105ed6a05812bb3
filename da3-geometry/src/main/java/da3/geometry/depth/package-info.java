/**
 * Depth after the network: metric scale, sky of monocular models, and fits to measured depths.
 */
package da3.geometry.depth;
