/** The model configuration of a checkpoint, read from its config.json or recognized from its tensors. */
package da3.weights.config;
