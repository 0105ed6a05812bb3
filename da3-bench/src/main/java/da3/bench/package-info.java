/**
 * Measurements: JMH benchmarks of operations, blocks and models, a roofline analysis of networks, a profile of
 * training, a load test of the service, soak tests of memory, and comparisons of streaming with the reference.
 */
package da3.bench;
