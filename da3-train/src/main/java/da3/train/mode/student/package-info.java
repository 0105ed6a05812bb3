/** Training of any-view networks, which predict depth, rays and cameras, with the student objective. */
package da3.train.mode.student;
