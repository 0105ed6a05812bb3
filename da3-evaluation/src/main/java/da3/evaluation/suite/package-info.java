/** Suites of scenes. */
package da3.evaluation.suite;
