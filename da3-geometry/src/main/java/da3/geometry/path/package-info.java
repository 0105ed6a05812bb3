/** Ways of a camera through a scene, made of the cameras that took its photos. */
package da3.geometry.path;
