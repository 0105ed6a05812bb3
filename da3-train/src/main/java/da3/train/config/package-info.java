/** The configuration of a run, as records that are read from YAML and checked before anything starts. */
package da3.train.config;
