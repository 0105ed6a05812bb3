/**
 * Data-parallel loops whose results do not depend on the number of threads, and checks for interruption.
 */
package da3.geometry.concurrent;
