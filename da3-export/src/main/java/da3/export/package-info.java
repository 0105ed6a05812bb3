/**
 * Options of inference jobs, and export of predictions to all formats. Start at {@link da3.export.JobOptions} and {@link da3.export.ExportFormat}.
 */
package da3.export;
