/** Training of networks that predict depth and sky of single images: up to scale and shift, or in meters. */
package da3.train.mode.monocular;
