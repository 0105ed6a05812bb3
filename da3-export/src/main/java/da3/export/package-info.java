/**
 * From a prediction to files: every export format by its name. What the command and the service share. Start at
 * {@link da3.export.ExportFormat}.
 */
package da3.export;
