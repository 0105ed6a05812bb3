/**
 * Resizing of images, and the pixel coordinates and maps that follow a resize.
 */
package da3.geometry.image;
