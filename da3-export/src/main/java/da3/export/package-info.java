/**
 * Jobs of the command and the service: what is computed, and how a prediction is written in every format. Start at {@link
 * da3.export.JobOptions} and {@link da3.export.ExportFormat}.
 */
package da3.export;
