/**
 * What writers of all modules share: outputs that replace their target only once they are complete, also if the process
 * is terminated, and messages of Protocol Buffers.
 */
package da3.files;
