/** The network that a run trains, and its weights: new ones, or those of a base with adapters or a new head. */
package da3.train.model;
