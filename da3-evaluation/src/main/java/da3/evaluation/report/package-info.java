/** Shows results: a table for a console and a page with plots and pictures. */
package da3.evaluation.report;
