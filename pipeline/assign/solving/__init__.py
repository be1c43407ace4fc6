"""A problem → seats proven best, checked, and the smallest change where rules exclude each other."""
