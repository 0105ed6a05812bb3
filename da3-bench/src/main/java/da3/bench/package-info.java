/**
 * Measurements: JMH benchmarks of operations, blocks and models, how close networks come to the machine's limits, and a
 * soak that watches memory.
 */
package da3.bench;
