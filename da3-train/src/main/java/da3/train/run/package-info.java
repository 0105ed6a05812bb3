/** A training run: its configuration, the trainer, its workers, and checkpoints that a run resumes from. */
package da3.train.run;
