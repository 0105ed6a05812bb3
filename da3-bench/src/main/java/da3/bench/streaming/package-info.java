/** Measurements of streaming on synthetic routes whose true depth and cameras are known. */
package da3.bench.streaming;
