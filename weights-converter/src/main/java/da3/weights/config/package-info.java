/** Which model a checkpoint holds: read from its config.json, or recognized from its tensors. */
package da3.weights.config;
