/** Scenes as colored points in space: which pixels become points, and how clouds are thinned, cleaned and oriented. */
package da3.geometry.points;
