/** Outputs that replace their target only once they are complete, also if the process is terminated. */
package da3.files;
