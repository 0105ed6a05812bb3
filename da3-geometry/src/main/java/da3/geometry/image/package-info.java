/** Resizing of images, and the conversion of pixel coordinates and maps between image sizes. */
package da3.geometry.image;
