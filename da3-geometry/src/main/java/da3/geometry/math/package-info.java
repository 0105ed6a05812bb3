/** Vectors, matrices, quaternions, spherical harmonics, percentiles, principal components and seeded sampling. */
package da3.geometry.math;
