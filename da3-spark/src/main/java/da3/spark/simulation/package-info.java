/** Simulates clusters of any size from measured costs, to find where a driver or a store becomes the limit. */
package da3.spark.simulation;
