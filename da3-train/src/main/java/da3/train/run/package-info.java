/** Training runs: configuration, the training loop, its workers, and resumable checkpoints. */
package da3.train.run;
