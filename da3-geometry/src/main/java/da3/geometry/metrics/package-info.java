/** Metrics for predicted images, depth and cameras. */
package da3.geometry.metrics;
