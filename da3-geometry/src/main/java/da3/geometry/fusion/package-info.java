/**
 * Fusion of depth maps with cameras into one surface: a truncated signed distance field in sparse blocks of voxels
 * (Curless and Levoy, "A Volumetric Method for Building Complex Models from Range Images", 1996; Niessner et al.,
 * "Real-time 3D Reconstruction at Scale using Voxel Hashing", 2013), and the triangle meshes extracted from it.
 */
package da3.geometry.fusion;
