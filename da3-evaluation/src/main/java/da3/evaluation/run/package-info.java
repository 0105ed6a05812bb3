/** Runs a benchmark: streams results scene by scene, resumes, and sums up. */
package da3.evaluation.run;
