/**
 * Measurements: JMH benchmarks of operations, blocks and models, a roofline analysis of networks, a profile of
 * training, a load test of the service, and a soak test of memory.
 */
package da3.bench;
