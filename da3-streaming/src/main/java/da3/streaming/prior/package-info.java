/** Measured camera positions with standard deviations, for instance from GPS or a survey. */
package da3.streaming.prior;
