/**
 * Jobs over many machines with Apache Spark: scenes, evaluations, rendering of training data, and long sequences. Every job
 * computes what one machine would, writes the same files, and computes only what is missing when it is run again.
 */
package da3.spark;
