/**
 * Long sequences in bounded memory: overlapping windows of frames, aligned to each other and corrected where the camera
 * comes back to a known place (section 5 of the paper, after VGGT-Long).
 */
package da3.streaming;
