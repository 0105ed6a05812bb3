/** Training data: scenes with true depth and cameras, their augmentation, and batches of them. */
package da3.train.data;
