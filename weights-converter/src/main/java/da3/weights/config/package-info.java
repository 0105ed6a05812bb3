/** Which model a checkpoint holds: read from its config.json, or recognised from its tensors. */
package da3.weights.config;
