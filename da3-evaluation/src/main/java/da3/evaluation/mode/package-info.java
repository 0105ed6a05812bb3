/** Evaluation modes, the samples they collect, and the metrics computed from them. */
package da3.evaluation.mode;
