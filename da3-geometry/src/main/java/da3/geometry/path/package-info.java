/** Camera paths through a scene, derived from the cameras of its views. */
package da3.geometry.path;
