"""The study of lesson 08: backbone by data set by way of training, five times each, in one table."""
