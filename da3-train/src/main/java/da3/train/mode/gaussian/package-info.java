/** Training of Gaussian heads on the rendering of held-out views. */
package da3.train.mode.gaussian;
