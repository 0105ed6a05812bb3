/** What is measured of an answer: modes, their samples and their metrics. */
package da3.evaluation.mode;
