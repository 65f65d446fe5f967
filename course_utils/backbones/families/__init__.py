"""Families of `keras.applications` written out with a width: at width 1 layer for layer what Keras builds."""

from course_utils.backbones.families.inception_v3 import inception_v3
from course_utils.backbones.families.resnet import resnet50
from course_utils.backbones.families.vgg import vgg16, vgg19
from course_utils.backbones.families.xception import xception

__all__ = ["inception_v3", "resnet50", "vgg16", "vgg19", "xception"]
