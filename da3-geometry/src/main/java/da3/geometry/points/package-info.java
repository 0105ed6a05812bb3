/**
 * Conversion of scenes to colored point clouds: the choice of pixels, and the thinning, cleaning and normals of clouds.
 */
package da3.geometry.points;
