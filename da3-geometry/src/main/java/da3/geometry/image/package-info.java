/** Resizing of images, the conversion of pixel coordinates and maps between image sizes, and masks of pixels. */
package da3.geometry.image;
