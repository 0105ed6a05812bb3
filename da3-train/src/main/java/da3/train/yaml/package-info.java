/**
 * Checked reading of YAML configurations: sections whose values have defaults and limits, and errors that name the
 * key.
 */
package da3.train.yaml;
