/** The files of a run: resumable checkpoints, and models in the published layout. */
package da3.train.checkpoint;
