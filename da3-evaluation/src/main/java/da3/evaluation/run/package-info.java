/** Runs evaluations: writes results scene by scene, resumes interrupted runs, and computes metrics. */
package da3.evaluation.run;
