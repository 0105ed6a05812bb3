/** How far images, depths and cameras are from the true ones. */
package da3.geometry.metrics;
