/** How far two images are apart. */
package da3.geometry.metrics;
