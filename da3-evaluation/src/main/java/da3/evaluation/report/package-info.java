/** Reports of results: a table for the console, and an HTML page with plots and pictures. */
package da3.evaluation.report;
