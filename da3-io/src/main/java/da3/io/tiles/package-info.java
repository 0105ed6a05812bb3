/** Writes point clouds of any size as 3D Tiles with levels of detail. */
package da3.io.tiles;
