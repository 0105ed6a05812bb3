/** Files that are either complete or not there, also when the process is told to end. */
package da3.files;
