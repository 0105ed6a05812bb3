/** Measurements: JMH benchmarks of operations and whole models, and a soak that watches memory. */
package da3.bench;
